#include "app/generate.h"
#include "app/publish.h"
#include "base/fs.h"
#include "publish.h"
#include "render/render.h"

enum rc
app_update_diff(struct app *a, const struct notes *n,
    const struct app_render *r, const char *path, struct app_update *out,
    struct buf *diff, struct err *err)
{
	struct buf before = BUF_INIT, after = BUF_INIT;
	enum rc rc = RC_OK;

	*out = (struct app_update){ 0 };
	if (fs_exists(path))
		rc = fs_read(path, PUBLISH_FILE_MAX, &before, err);
	if (rc == RC_OK)
		rc = app_update(a, n, r, path, out, err);
	if (rc == RC_OK &&
	    (rc = fs_read(path, PUBLISH_FILE_MAX, &after, err)) == RC_OK)
		render_diff(buf_str(&before), buf_str(&after), path, path,
		    diff);
	buf_release(&before);
	buf_release(&after);
	return rc;
}
