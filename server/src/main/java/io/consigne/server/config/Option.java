package io.consigne.server.config;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table of options.
 *
 * @param name as in the file; {@code --name} is the flag
 * @param format what a value looks like, and what it becomes
 * @param defaultText the value if none is given; null if there is none
 * @param description a sentence for the help, without the default
 */
public record Option<T>(
    String name, Format<T> format, @Nullable String defaultText, String description) {

  static <T> Option<T> of(
      String name, Format<T> format, @Nullable String defaultText, String description) {
    return new Option<>(name, format, defaultText, description);
  }

  /** The name on the command line, such as {@code --public-url}. */
  public String flag() {
    return "--" + name;
  }

  /** The name in the environment, such as {@code CONSIGNE_PUBLIC_URL}. */
  public String variable() {
    return Environment.PREFIX + name.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  /** The variable that names a file which holds the value; only secrets have one. */
  String fileVariable() {
    return variable() + "_FILE";
  }
}
