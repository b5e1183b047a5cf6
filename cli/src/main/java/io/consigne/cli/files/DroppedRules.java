package io.consigne.cli.files;

import io.consigne.client.model.AccessRules;
import java.util.ArrayList;
import java.util.List;

/** Rules of a link that somebody does not name who sets others: a host takes all at once. */
final class DroppedRules {
  private DroppedRules() {}

  /** As options that would keep them; empty if there are none. */
  static String of(AccessRules before, AccessRules now) {
    var dropped = new ArrayList<String>();
    add(dropped, "--network=", before.networks(), now.networks());
    add(dropped, "--country=", before.countries(), now.countries());
    add(dropped, "--email=", before.emails(), now.emails());
    if (before.payingOnly() && !now.payingOnly()) {
      dropped.add("--paying");
    }
    return String.join(" ", dropped);
  }

  private static void add(
      List<String> dropped, String option, List<String> before, List<String> now) {
    before.stream().filter(rule -> !now.contains(rule)).map(option::concat).forEach(dropped::add);
  }
}
