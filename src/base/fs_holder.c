/* Who holds a lock, as Linux tells in /proc. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/mem.h"

/*
 * "1: POSIX  ADVISORY  WRITE 123 fd:01:4711 1073741824 1073742335", or "1: ->"
 * and the same for one that waits (proc_locks(5)).
 */
static long
writer_of(const char *line, dev_t dev, ino_t ino)
{
	unsigned long long inode;
	unsigned int high, low;
	char mode[8];
	long pid;

	if (sscanf(line, "%*d: %*s %*s %7s %ld %x:%x:%llu", mode, &pid, &high,
		&low, &inode) != 5 ||
	    strcmp(mode, "WRITE") != 0 || inode != ino ||
	    makedev(high, low) != dev)
		return 0;
	return pid > 0 && pid != (long)getpid() ? pid : 0;
}

long
fs_lock_holder(dev_t dev, ino_t ino)
{
	FILE *f = fopen("/proc/locks", "re");
	char line[256];
	long pid = 0;

	if (f == NULL)
		return 0;
	while (pid == 0 && fgets(line, sizeof(line), f) != NULL)
		if (strstr(line, "->") == NULL)
			pid = writer_of(line, dev, ino);
	fclose(f);
	return pid;
}

char *
fs_process_name(long pid)
{
	char path[64], name[64];
	size_t len = 0;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%ld/comm", pid);
	if (pid <= 0 || (f = fopen(path, "re")) == NULL)
		return NULL;
	if (fgets(name, sizeof(name), f) != NULL)
		len = strcspn(name, "\n");
	fclose(f);
	return len == 0 ? NULL : mem_strndup(name, len);
}
