/* Waiting for locks that other processes hold. */
#include <time.h>

#include "base/date.h"
#include "base/fs.h"
#include "db.h"

/* Milliseconds that a statement waits for SQLite's own locks. */
static const int busy_ms[] = {
	[STORE_READ] = 5000,
	[STORE_WRITE] = 5000,
	[STORE_HOOK] = 200,
};

/* Milliseconds to queue for the writers' lock. */
static const int lock_ms[] = {
	[STORE_READ] = 0,
	[STORE_WRITE] = 5000,
	[STORE_HOOK] = 200,
};

/* SQLite's own steps: short at first, as most locks are. */
static const int steps_ms[] = { 1, 2, 5, 10, 15, 20, 25 };

#define STEPS (int)(sizeof(steps_ms) / sizeof(steps_ms[0]))

void
store_on_wait(struct store *st,
    bool (*give_up)(void *arg, long pid, int waited_ms), void *arg)
{
	st->give_up = give_up;
	st->give_up_arg = arg;
}

int
db_on_busy(void *arg, int count)
{
	struct timespec nap = { 0 };
	struct store *st = arg;
	int waited;

	if (count == 0)
		st->waiting_from = date_clock_ms();
	waited = (int)(date_clock_ms() - st->waiting_from);
	st->gave_up = false;
	if (waited >= busy_ms[st->mode])
		return 0;
	st->gave_up = st->give_up != NULL &&
	    st->give_up(st->give_up_arg, fs_lock_holder(st->dev, st->ino),
		waited);
	if (st->gave_up)
		return 0;
	nap.tv_nsec = steps_ms[count < STEPS ? count : STEPS - 1] * 1000000L;
	/* A signal ends it early: the next call asks whether to go on. */
	nanosleep(&nap, NULL);
	return 1;
}

enum rc
db_is_busy(struct store *st, struct err *err)
{
	const bool gave_up = st->gave_up;
	const long pid = fs_lock_holder(st->dev, st->ino);

	st->gave_up = false;
	if (gave_up)
		return err_set(err, RC_STOPPED, "no longer waiting for %s",
		    st->path);
	if (pid > 0)
		return err_set(err, RC_BUSY,
		    "locked by process %ld (try again, or see: ps %ld): %s",
		    pid, pid, st->path);
	return err_set(err, RC_BUSY,
	    "locked by another process (try again): %s", st->path);
}

enum rc
store_lock(struct store *st, struct err *err)
{
	const struct fs_wait wait = { st->give_up, st->give_up_arg };

	if (st->lock_fd >= 0)
		return RC_OK;
	return fs_lock_told(st->lock_path, lock_ms[st->mode],
	    st->give_up == NULL ? NULL : &wait, &st->lock_fd, err);
}

void
store_unlock(struct store *st)
{
	if (st->lock_fd < 0)
		return;
	fs_unlock(&st->lock_fd);
	st->lock_fd = -1;
}
