/** Hash functions that the JDK lacks. */
module io.consigne.hashes {
  requires static org.jspecify;

  exports io.consigne.hashes;
}
