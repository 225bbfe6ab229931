/* A node that tells all others of every echo, and takes no notice of what they tell: a storm of messages for nothing. */
#include "node.h"

/* What a message to each of the others begins with, up to the number. */
static char **beginnings;
static size_t others;
static long told;

static void init(const char *body) {
  struct span self = field(body, "\"node_id\""), names = field(body, "\"node_ids\"");
  for (const char *at = names.at; *at != ']';) {
    struct span name = {at + 1, end_of(at + 1) - (at + 1)};
    at = name.at + name.length;
    if (name.length == self.length && memcmp(name.at, self.at, self.length) == 0) continue;
    char *beginning = malloc(self.length + name.length + 100);
    sprintf(beginning, "{\"src\":%.*s,\"dest\":%.*s,\"body\":{\"type\":\"gossip\",\"n\":", (int)self.length, self.at,
            (int)name.length, name.at);
    beginnings = realloc(beginnings, (others + 1) * sizeof(char *));
    beginnings[others++] = beginning;
  }
}

static void gossip(void) {
  char ending[30];
  struct span end = {ending, sprintf(ending, "%ld}}\n", told++)};
  for (size_t i = 0; i < others; i++) {
    put((struct span){beginnings[i], strlen(beginnings[i])});
    put(end);
  }
}

static void take(const char *message) {
  const char *body = field(message, "\"body\"").at;
  struct span type = field(body, "\"type\"");
  if (is(type, "\"init\"")) {
    init(body);
    ANSWER(message, "\"init_ok\"", ((struct span){NULL, 0}));
  } else if (is(type, "\"echo\"")) {
    gossip();
    ANSWER(message, "\"echo_ok\"", field(body, "\"echo\""));
  }
}

int main(void) { run(take); }
