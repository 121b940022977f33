/*
 * Sends HTTP/1.1 requests over some connections for some seconds and measures the answers; one thread.
 *
 *   load PORT CONNECTIONS SECONDS REQUESTS [BODY]
 *
 * REQUESTS is a file: for each request, the length of its bytes as a decimal number and a newline, then the bytes. BODY is
 * a file that ends each of them. Every connection sends them in turn, each begins at another one. Answers may have a length, be chunked or end with the
 * connection; a body that is not looked at is dropped in the kernel, so that its reader is not what is measured.
 *
 * Prints: MEASURED answers microseconds bytes failures p50 p99 (microseconds). A failure is a status other than 2xx or a
 * connection that broke; the first one's status line goes to standard error.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { BUFFER = 64 * 1024, CONNECTIONS = 1024, REQUESTS = 65536, LATENCIES = 1 << 24, TO_THE_END = -1, CHUNKED = -2 };

struct request {
    const char *bytes;
    size_t length;
    int is_head;
};

struct connection {
    int fd, request, has_head, closes;
    uint32_t events;
    size_t sent, filled;
    int64_t to_come; /* bytes of the body, or TO_THE_END, or CHUNKED */
    int64_t chunk; /* of a chunked body: bytes of the chunk with its end of line, 0 before a size line */
    int last_chunk;
    int64_t started;
    char buffer[BUFFER + 1];
};

static struct request requests[REQUESTS];
static struct connection connections[CONNECTIONS];
static uint32_t latencies[LATENCIES];
static struct iovec body;
static int request_count, epoll_fd, port;
static int64_t answers, received, failures;

static void die(const char *what) {
    fprintf(stderr, "load: %s: %s\n", what, strerror(errno));
    exit(1);
}

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000LL + time.tv_nsec / 1000;
}

static struct iovec map(const char *path) {
    int fd = open(path, O_RDONLY);
    struct stat status;
    if (fd < 0 || fstat(fd, &status) < 0) die(path);
    void *bytes = mmap(NULL, status.st_size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);
    if (bytes == MAP_FAILED) die(path);
    return (struct iovec){bytes, status.st_size};
}

static void read_requests(const char *path) {
    struct iovec file = map(path);
    const char *at = file.iov_base;
    for (const char *end = at + file.iov_len; at < end && request_count < REQUESTS; request_count++) {
        char *bytes;
        size_t length = strtoul(at, &bytes, 10);
        requests[request_count] = (struct request){bytes + 1, length, !strncmp(bytes + 1, "HEAD ", 5)};
        at = bytes + 1 + length;
    }
    if (request_count == 0) die("no requests");
}

static void watch(struct connection *c, int operation, uint32_t events) {
    if (operation == EPOLL_CTL_MOD && c->events == events) return;
    c->events = events;
    struct epoll_event event = {.events = events, .data.ptr = c};
    if (epoll_ctl(epoll_fd, operation, c->fd, &event) < 0) die("epoll_ctl");
}

static void begin(struct connection *c) {
    c->sent = c->filled = 0;
    c->has_head = c->closes = c->last_chunk = 0;
    c->to_come = c->chunk = 0;
    c->started = now();
}

static void dial(struct connection *c) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int yes = 1;
    c->fd = socket(AF_INET, SOCK_STREAM, 0);
    if (c->fd < 0 || connect(c->fd, (struct sockaddr *)&address, sizeof address) < 0) die("connect");
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    fcntl(c->fd, F_SETFL, O_NONBLOCK);
    watch(c, EPOLL_CTL_ADD, EPOLLIN | EPOLLOUT);
}

static void fail(const char *what) {
    if (failures++ == 0) fprintf(stderr, "load: first failure: %.300s\n", what);
}

static void redial(struct connection *c) {
    close(c->fd);
    dial(c);
    begin(c);
}

static ssize_t send_part(struct connection *c, struct request *request) {
    size_t of_body = c->sent > request->length ? c->sent - request->length : 0;
    struct iovec parts[] = {
        {(char *)request->bytes + c->sent, c->sent < request->length ? request->length - c->sent : 0},
        {(char *)body.iov_base + of_body, body.iov_len - of_body},
    };
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};
    return sendmsg(c->fd, &message, MSG_NOSIGNAL);
}

static void send_more(struct connection *c) {
    struct request *request = &requests[c->request];
    while (c->sent < request->length + body.iov_len) {
        ssize_t count = send_part(c, request);
        if (count < 0) {
            if (errno == EAGAIN) {
                watch(c, EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
                return;
            }
            fail("the connection broke while a request was sent");
            redial(c);
            return;
        }
        c->sent += count;
    }
    watch(c, EPOLL_CTL_MOD, EPOLLIN);
}

static void done(struct connection *c) {
    int64_t latency = now() - c->started;
    if (answers < LATENCIES) latencies[answers] = latency > UINT32_MAX ? UINT32_MAX : latency;
    answers++;
    c->request = (c->request + 1) % request_count;
    if (c->closes) {
        redial(c);
    } else {
        begin(c);
        send_more(c);
    }
}

static void read_head(struct connection *c, char *end) {
    c->has_head = 1;
    *end = 0;
    int status = atoi(c->buffer + 9);
    if (status / 100 != 2) fail(c->buffer);
    char *length = strcasestr(c->buffer, "\r\nContent-Length:");
    c->closes = strcasestr(c->buffer, "\r\nConnection: close") != NULL;
    if (requests[c->request].is_head || status == 204 || status == 304) c->to_come = 0;
    else if (length) c->to_come = strtoll(length + 17, NULL, 10);
    else if (strcasestr(c->buffer, "\r\nTransfer-Encoding: chunked")) c->to_come = CHUNKED;
    else c->to_come = TO_THE_END, c->closes = 1;
    size_t head = end + 4 - c->buffer;
    memmove(c->buffer, end + 4, c->filled - head);
    c->filled -= head;
}

/* Takes what is in the buffer from the body; 1 where the body is complete. */
static int take_body(struct connection *c) {
    if (c->to_come >= 0) {
        c->to_come -= c->filled;
        c->filled = 0;
        return c->to_come <= 0;
    }
    while (c->to_come == CHUNKED && c->filled > 0) {
        if (c->chunk > 0) {
            size_t taken = c->filled < (size_t)c->chunk ? c->filled : (size_t)c->chunk;
            memmove(c->buffer, c->buffer + taken, c->filled -= taken);
            if ((c->chunk -= taken) == 0 && c->last_chunk) return 1;
            continue;
        }
        c->buffer[c->filled] = 0;
        char *end = strstr(c->buffer, "\r\n");
        if (!end) return 0;
        int64_t size = strtoll(c->buffer, NULL, 16);
        memmove(c->buffer, end + 2, c->filled -= end + 2 - c->buffer);
        c->last_chunk = size == 0;
        c->chunk = size + 2;
    }
    if (c->to_come == TO_THE_END) c->filled = 0;
    return 0;
}

static void receive(struct connection *c) {
    for (;;) {
        int drop = c->has_head && c->to_come != CHUNKED;
        size_t room = drop ? (c->to_come > 0 ? (size_t)c->to_come : 1 << 30) : BUFFER - c->filled;
        ssize_t count = recv(c->fd, drop ? NULL : c->buffer + c->filled, room, drop ? MSG_TRUNC : 0);
        if (count < 0 && errno == EAGAIN) return;
        if (count <= 0) {
            if (count == 0 && c->has_head && c->to_come == TO_THE_END) {
                done(c);
            } else {
                if (c->has_head || c->filled || c->sent) fail("the connection broke before the answer was complete");
                redial(c);
            }
            return;
        }
        received += count;
        if (drop) {
            if (c->to_come > 0 && (c->to_come -= count) == 0) {
                done(c);
                return;
            }
            continue;
        }
        c->filled += count;
        c->buffer[c->filled] = 0;
        if (!c->has_head) {
            char *end = strstr(c->buffer, "\r\n\r\n");
            if (!end) {
                if (c->filled == BUFFER) die("a head is longer than 64 KiB");
                continue;
            }
            read_head(c, end);
        }
        if (take_body(c)) {
            done(c);
            return;
        }
    }
}

static int by_size(const void *a, const void *b) {
    uint32_t one = *(const uint32_t *)a, other = *(const uint32_t *)b;
    return (one > other) - (one < other);
}

int main(int argc, char **argv) {
    if (argc < 5 || argc > 6) return 2;
    port = atoi(argv[1]);
    int count = atoi(argv[2]);
    if (count < 1 || count > CONNECTIONS) return 2;
    read_requests(argv[4]);
    if (argc == 6) body = map(argv[5]);
    epoll_fd = epoll_create1(0);
    int64_t start = now(), end = start + atoi(argv[3]) * 1000000LL;
    for (int i = 0; i < count; i++) {
        connections[i].request = (int)((int64_t)i * request_count / count);
        dial(&connections[i]);
        begin(&connections[i]);
    }
    while (now() < end) {
        struct epoll_event events[64];
        int ready = epoll_wait(epoll_fd, events, 64, 100);
        for (int i = 0; i < ready; i++) {
            struct connection *c = events[i].data.ptr;
            if (events[i].events & EPOLLOUT) send_more(c);
            if (events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) receive(c);
        }
    }
    int64_t took = now() - start, kept = answers < LATENCIES ? answers : LATENCIES;
    qsort(latencies, kept, sizeof *latencies, by_size);
    printf("MEASURED %ld %ld %ld %ld %u %u\n", answers, took, received, failures, kept ? latencies[kept / 2] : 0,
           kept ? latencies[kept * 99 / 100] : 0);
    return 0;
}
