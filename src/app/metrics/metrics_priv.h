/* What the files of metrics share; arithmetic alone, no tracker. */
#ifndef NOTES_APP_METRICS_PRIV_H
#define NOTES_APP_METRICS_PRIV_H

#include "app/metrics.h"

/* The last periods up to today's, for a history that began then (DATE_NONE:
 * not at all); settles the step where it is METRICS_AUTO. */
void metrics_periods(struct metrics_flow *f, int64_t now, int64_t first);
/* The buckets of age, without their counts. */
void metrics_ages(struct metrics *m);
/* Sorts v, which has n of them. */
void metrics_spread(int64_t *v, size_t n, struct metrics_spread *out);

/* Frees what a part holds before it is counted again. */
void metrics_drop_cycles(struct metrics *m);
void metrics_drop_people(struct metrics *m);
void metrics_drop_releases(struct metrics *m);

#endif
