package io.consigne.spec;

import java.util.Locale;

/**
 * A placeholder of a template.
 *
 * @param kind what it stands for
 * @param name what its value is remembered under; empty if it is not
 */
public record Slot(Kind kind, String name) {
  /** A placeholder whose value is not remembered. */
  public static Slot of(Kind kind) {
    return new Slot(kind, "");
  }

  @Override
  public String toString() {
    String shown = kind.name().toLowerCase(Locale.ROOT);
    return name.isEmpty() ? "{" + shown + "}" : "{" + shown + ":" + name + "}";
  }
}
