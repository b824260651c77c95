/*
 * A window over tickets in a sort's order, however many there are: rows come in
 * pages by key (app_ticket_page) as the selection nears an end, and those far
 * away are let go.  Nothing here draws.
 */
#ifndef NOTES_TUI_LIST_H
#define NOTES_TUI_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "model/query.h"

struct app;

struct list {
	struct ticket *v; /* owned, n of them, in order */
	size_t n, cap;
	size_t top; /* first row on the screen */
	size_t sel;
	size_t rows;           /* on the screen, at least 1 */
	unsigned fetched;      /* how often it was fetched anew */
	bool brief;            /* no more is fetched than is shown */
	bool before, after;    /* there are rows beyond the ends */
	int64_t base;          /* place of v[0] from 0; -1: unknown */
	struct filter *filter; /* owned, or NULL for all */
	struct sort sort;
};

void list_release(struct list *l);
/* Takes filter over.  Rows go; list_first() or list_goto() fetches. */
void list_set_filter(struct list *l, struct filter *filter);
/* How many rows the screen shows; keeps the selection on it. */
void list_set_rows(struct list *l, size_t rows);

/* The first rows, or the last, with the end selected. */
enum rc list_first(struct list *l, struct app *a, struct err *err);
enum rc list_last(struct list *l, struct app *a, struct err *err);
/* Moves the selection by delta rows, as far as there are rows. */
enum rc list_move(struct list *l, struct app *a, long delta, struct err *err);
/* The same for far away: the rows in between are passed, not read. */
enum rc list_jump_by(struct list *l, struct app *a, int64_t delta,
    struct err *err);
/* Selects row n from 1, or the last one where there are fewer. */
enum rc list_line(struct list *l, struct app *a, int64_t n, struct err *err);
/* Fetches the surroundings of the ticket with that id and selects it, or the
 * row that took its place; keeps its row on the screen. */
enum rc list_goto(struct list *l, struct app *a, int64_t id, struct err *err);
/* Fetches the same rows again after a change; the selection stays. */
enum rc list_refresh(struct list *l, struct app *a, struct err *err);

/* The selected ticket, or NULL when there are none; borrowed. */
const struct ticket *list_selected(const struct list *l);

#endif
