#include "app/app_priv.h"
#include "app/hub.h"
#include "store/pace.h"

enum rc
app_closings(struct app *a, int64_t since, int64_t max,
    bool (*fn)(int64_t when, void *arg), void *arg, struct err *err)
{
	return store_closings(a->store, since, max, fn, arg, err);
}

enum rc
app_scope(struct app *a, const char *version, int64_t max,
    bool (*fn)(const struct scope_row *row, void *arg), void *arg,
    struct err *err)
{
	return store_scope(a->store, version, max, fn, arg, err);
}
