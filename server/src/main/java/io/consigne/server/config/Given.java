package io.consigne.server.config;

/**
 * A value that somebody gave.
 *
 * @param source who, as a reader would look for it: {@code --listen}, {@code CONSIGNE_LISTEN},
 *     {@code consigne.toml line 3}
 */
record Given(String text, String source) {

  /** The value as the option's type; otherwise names option, rule, value and source. */
  <T> T as(Option<T> option) {
    try {
      return option.format().parse().apply(text);
    } catch (IllegalArgumentException _) {
      throw new ConfigException(
          "%s must be %s: %s (from %s)"
              .formatted(option.name(), option.format().rule(), shown(option), source));
    }
  }

  private String shown(Option<?> option) {
    return option.format().shape() == Format.Shape.SECRET ? "(not shown)" : '"' + text + '"';
  }

  /** Leaves out the value, which may be a secret. */
  @Override
  public String toString() {
    return "a value from " + source;
  }
}
