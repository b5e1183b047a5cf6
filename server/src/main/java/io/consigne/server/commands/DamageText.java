package io.consigne.server.commands;

import io.consigne.core.upkeep.AffectedFile;
import io.consigne.core.upkeep.Damage;
import io.consigne.core.upkeep.Fault;
import java.util.List;
import java.util.stream.Collectors;

/** Damage as an operator reads it. */
final class DamageText {
  private DamageText() {}

  /** What is damaged or could not be read, and below it the files that cannot be served. */
  static String of(Damage damage) {
    return (damage.unread() ? "Not checked: " : "Damaged: ")
        + damage.what()
        + "\n  "
        + Amount.count(damage.length(), "byte")
        + " at "
        + damage.offset()
        + " of store file "
        + damage.storeFile()
        + ", content "
        + damage.contents().stream().map(Object::toString).collect(Collectors.joining(", "))
        + (damage.files().isEmpty() ? "\n  No file shows them any more" : files(damage.files()));
  }

  /** A fault, and below it the files that cannot be served. */
  static String of(Fault fault) {
    return "  " + fault.what() + (fault.repaired() ? ": repaired" : "") + files(fault.files());
  }

  private static String files(List<AffectedFile> files) {
    return files.stream()
        .map(file -> "\n    " + file.account() + "  " + file.path() + "  (" + file.link() + ")")
        .collect(Collectors.joining());
  }
}
