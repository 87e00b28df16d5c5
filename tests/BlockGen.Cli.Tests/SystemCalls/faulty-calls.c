/*
 * Preloaded into a program, makes the system calls on one file fail now and then.
 *   FAULTY_FILE        the file's path
 *   FAULTY_UNIT        transfers are cut to half, rounded down to this unit, and every second call is interrupted first
 *   FAULTY_CALL        the call, counted from 1, that fails with
 *   FAULTY_ERROR       this error number, after which
 *   FAULTY_MARK        this file is there
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

static atomic_long calls;
static __thread int was_interrupted;

static long number(const char *name)
{
    const char *text = getenv(name);
    return text ? atol(text) : 0;
}

static int is_faulty(int fd)
{
    char link[64], path[4096];
    const char *file = getenv("FAULTY_FILE");
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    return file && length > 0 && (size_t)length == strlen(file) && memcmp(path, file, length) == 0;
}

static int fails(int fd)
{
    if (!is_faulty(fd)) {
        return 0;
    }

    if (number("FAULTY_UNIT") && !was_interrupted) {
        was_interrupted = 1;
        errno = EINTR;
        return 1;
    }

    was_interrupted = 0;
    if (atomic_fetch_add(&calls, 1) + 1 == number("FAULTY_CALL")) {
        close(open(getenv("FAULTY_MARK"), O_CREAT | O_WRONLY, 0600));
        errno = (int)number("FAULTY_ERROR");
        return 1;
    }

    return 0;
}

static size_t cut(int fd, size_t count)
{
    size_t unit = number("FAULTY_UNIT");
    size_t half = unit && is_faulty(fd) ? count / 2 / unit * unit : 0;
    return half ? half : count;
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t pread64(int fd, void *bytes, size_t count, off64_t offset)
{
    return fails(fd) ? -1 : NEXT(pread64)(fd, bytes, cut(fd, count), offset);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t offset)
{
    return fails(fd) ? -1 : NEXT(pwrite64)(fd, bytes, cut(fd, count), offset);
}

ssize_t preadv2(int fd, const struct iovec *vectors, int count, off_t offset, int flags)
{
    struct iovec first = vectors[0];
    first.iov_len = cut(fd, first.iov_len);
    int is_cut = first.iov_len < vectors[0].iov_len;
    return fails(fd) ? -1 : NEXT(preadv2)(fd, is_cut ? &first : vectors, is_cut ? 1 : count, offset, flags);
}

ssize_t copy_file_range(int from, off64_t *offset, int to, off64_t *at, size_t count, unsigned flags)
{
    int faulty = is_faulty(from) ? from : to;
    return fails(faulty) ? -1 : NEXT(copy_file_range)(from, offset, to, at, cut(faulty, count), flags);
}

int fallocate(int fd, int mode, off_t offset, off_t length)
{
    return fails(fd) ? -1 : NEXT(fallocate)(fd, mode, offset, length);
}

int ftruncate64(int fd, off64_t length)
{
    return fails(fd) ? -1 : NEXT(ftruncate64)(fd, length);
}

int fdatasync(int fd)
{
    return fails(fd) ? -1 : NEXT(fdatasync)(fd);
}
