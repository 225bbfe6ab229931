/* An echo node that costs nothing: it copies pieces of the request into the answer. */
#include "node.h"

static void take(const char *message) {
  const char *body = field(message, "\"body\"").at;
  struct span type = field(body, "\"type\"");
  if (is(type, "\"echo\"")) ANSWER(message, "\"echo_ok\"", field(body, "\"echo\""));
  if (is(type, "\"init\"")) ANSWER(message, "\"init_ok\"", ((struct span){NULL, 0}));
}

int main(void) { run(take); }
