/* Metrics as text, records and JSON. */
#ifndef NOTES_CLI_METRICS_PRINT_H
#define NOTES_CLI_METRICS_PRINT_H

#include "app/metrics.h"
#include "cli/out.h"

enum metrics_words { METRICS_FIGURES, METRICS_EXPLAINED };

json_t *metrics_to_json(const struct metrics *m);
/* "part label figure value": a record for each figure. */
void metrics_to_porcelain(struct out *o, const struct metrics *m);
void metrics_to_text(struct out *o, const struct metrics *m,
    enum metrics_words words);

#endif
