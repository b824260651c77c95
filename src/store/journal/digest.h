/* Private to src/store: a sum over all projected content. */
#ifndef NOTES_STORE_DIGEST_H
#define NOTES_STORE_DIGEST_H

#include <stdint.h>

#include "base/err.h"

struct store;

/* Tells contents apart; no protection against forgery. */
struct digest {
	uint64_t lane[4];
};

enum rc digest_compute(struct store *st, struct digest *out, struct err *err);

#endif
