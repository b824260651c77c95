#include "rows.h"

static void
settle(struct rows *r)
{
	if (r->sel >= r->n)
		r->sel = r->n == 0 ? 0 : r->n - 1;
	if (r->sel >= r->top + r->page)
		r->top = r->sel - r->page + 1;
	if (r->sel < r->top)
		r->top = r->sel;
	/* No empty rows below while there are some above. */
	if (r->top + r->page > r->n)
		r->top = r->n > r->page ? r->n - r->page : 0;
}

void
rows_set(struct rows *r, size_t n, int page)
{
	r->n = n;
	r->page = page > 0 ? (size_t)page : 1;
	settle(r);
}

void
rows_select(struct rows *r, size_t i)
{
	r->sel = i;
	settle(r);
}

void
rows_move(struct rows *r, enum motion m)
{
	const size_t half = (r->page + 1) / 2;
	const size_t steps[] = { [MOVE_DOWN] = 1,
		[MOVE_UP] = 1,
		[MOVE_PAGE_DOWN] = r->page,
		[MOVE_PAGE_UP] = r->page,
		[MOVE_HALF_DOWN] = half,
		[MOVE_HALF_UP] = half };

	switch (m) {
	case MOVE_FIRST:
		r->sel = 0;
		break;
	case MOVE_LAST:
		r->sel = r->n;
		break;
	case MOVE_UP:
	case MOVE_PAGE_UP:
	case MOVE_HALF_UP:
		r->sel = r->sel > steps[m] ? r->sel - steps[m] : 0;
		break;
	default:
		r->sel += steps[m];
		break;
	}
	settle(r);
}
