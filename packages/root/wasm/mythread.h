/* In place of liblzma's own: no threads, no signals. */
#define mythread_once(func) do { static int once = 0; if (!once) { func(); once = 1; } } while (0)
