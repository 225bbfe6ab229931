/*
 * What the benchmark's nodes in C have in common: lines in, the fields of a message, lines out in one write a chunk.
 * It trusts the workbench to write JSON, without spaces between the tokens; the keys may come in any order.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A piece of text, for instance a JSON value as it was written; nothing where `at` is NULL. */
struct span {
  const char *at;
  size_t length;
};

/* The end of the JSON value that begins here. */
static const char *end_of(const char *at) {
  int depth = 0;
  do {
    if (*at == '"') {
      for (at++; *at != '"'; at++)
        if (*at == '\\') at++;
      at++;
    } else if (*at == '{' || *at == '[') {
      depth++;
      at++;
    } else if (*at == '}' || *at == ']') {
      depth--;
      at++;
    } else {
      at += depth > 0 ? 1 : strcspn(at, ",}]");
    }
  } while (depth > 0);
  return at;
}

static int is(struct span value, const char *text) {
  return value.length == strlen(text) && memcmp(value.at, text, value.length) == 0;
}

/* The value of a field of the object that begins here; the name is with its quotes. */
static struct span field(const char *object, const char *name) {
  const char *at = object;
  while (at[0] != '}' && at[1] != '}') {
    struct span key = {at + 1, end_of(at + 1) - (at + 1)};
    const char *value = key.at + key.length + 1;
    at = end_of(value);
    if (is(key, name)) return (struct span){value, at - value};
  }
  return (struct span){NULL, 0};
}

static char *out;
static size_t out_used, out_size;

static void put(struct span text) {
  if (out_used + text.length > out_size) out = realloc(out, out_size = 2 * (out_used + text.length));
  memcpy(out + out_used, text.at, text.length);
  out_used += text.length;
}

#define PUT(literal) put((struct span){literal, sizeof(literal) - 1})

static void flush(void) {
  for (size_t sent = 0; sent < out_used;) {
    ssize_t count = write(1, out + sent, out_used - sent);
    if (count < 0) exit(1);
    sent += count;
  }
  out_used = 0;
}

/* Answers a message with a body of this type (with its quotes), and the payload if there is one. */
static void answer(const char *message, struct span type, struct span echo) {
  PUT("{\"src\":");
  put(field(message, "\"dest\""));
  PUT(",\"dest\":");
  put(field(message, "\"src\""));
  PUT(",\"body\":{\"type\":");
  put(type);
  if (echo.at != NULL) {
    PUT(",\"echo\":");
    put(echo);
  }
  PUT(",\"in_reply_to\":");
  put(field(field(message, "\"body\"").at, "\"msg_id\""));
  PUT("}}\n");
}

#define ANSWER(message, type, echo) answer(message, (struct span){type, sizeof(type) - 1}, echo)

/* Hands over each line of stdin, without its end, until there are no more. */
static void run(void (*take)(const char *message)) {
  size_t size = 1 << 16, used = 0;
  char *in = malloc(size);
  for (;;) {
    if (used == size) in = realloc(in, size *= 2);
    ssize_t count = read(0, in + used, size - used);
    if (count <= 0) return;
    char *line = in, *end, *from = in + used;
    used += count;
    while ((end = memchr(from, '\n', in + used - from)) != NULL) {
      *end = '\0';
      take(line);
      line = from = end + 1;
    }
    used -= line - in;
    memmove(in, line, used);
    flush();
  }
}
