#include "CLibcurl.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

struct start {
    void (*run)(void *context);
    void *context;
};

static void *begin(void *argument) {
    const struct start start = *(struct start *)argument;
    free(argument);
    start.run(start.context);
    return NULL;
}

bool zosh_thread_start(void (*run)(void *context), void *context) {
    struct start *start = malloc(sizeof *start);
    if (start == NULL) {
        return false;
    }
    *start = (struct start){run, context};
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pthread_t thread;
    const bool is_started = pthread_create(&thread, NULL, begin, start) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (is_started) {
        pthread_detach(thread);
    } else {
        free(start);
    }
    return is_started;
}
