/* Private to src/store: a set of row numbers (> 0). */
#ifndef NOTES_STORE_ID_SET_H
#define NOTES_STORE_ID_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct id_set {
	int64_t *slots; /* 0: free */
	size_t n, cap;
};

/* False when it was there already. */
bool id_set_add(struct id_set *s, int64_t id);
void id_set_release(struct id_set *s);

#endif
