/* What a call of generate asks for, settled: the range and whose notes. */
#ifndef NOTES_APP_PLAN_H
#define NOTES_APP_PLAN_H

#include "app/generate.h"
#include "model/release.h"
#include "truth.h"

struct plan {
	int		 release;	/* index in truth.releases, -1: none */
	int		 previous;	/* likewise */
	uint32_t	 from, to;	/* numbers; 0: the beginning, nothing */
	struct oid	 from_oid, to_oid;
	struct build_list builds;	/* of the release, oldest first */
	int		 build;		/* index of the one asked for, or -1 */
	bool		 since_build;	/* from is the build before that one */
	/* from and to are releases of any two lines, and no version is asked
	 * for: previous is from, release is to */
	bool		 upgrade;
};

enum rc	range_plan_make(const struct truth *t, const struct generate_options *o,
	    struct plan *out, struct err *err);
void	range_plan_release(struct plan *p);

#endif
