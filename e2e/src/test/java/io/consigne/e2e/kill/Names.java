package io.consigne.e2e.kill;

/** Names that one client gives; none is given twice. */
final class Names {
  private final String client;
  private int given;

  /** Begins every key with {@code client}. */
  Names(String client) {
    this.client = client;
  }

  /** A name with a new key, of a kind that is one letter. */
  String fresh(String kind) {
    given++;
    return client + kind + given + "-0";
  }

  /** Another name for what has this key. */
  String again(String key) {
    given++;
    return key + "-" + given;
  }

  /** An id for an upload: at most 10 letters and digits. */
  String uploadId() {
    given++;
    return client + given;
  }
}
