#include "render/render.h"

bool
render_section(const char *file, size_t len, const char *version, size_t *start,
    size_t *end)
{
	(void)file;
	(void)len;
	(void)version;
	(void)start;
	(void)end;
	return false;
}

enum rc
render_update(const char *file, size_t len, const char *version,
    const char *section, struct buf *out, bool *found, struct err *err)
{
	(void)file;
	(void)len;
	(void)version;
	(void)section;
	(void)out;
	*found = false;
	return err_set(err, RC_FAIL, "updating a file is not there yet");
}
