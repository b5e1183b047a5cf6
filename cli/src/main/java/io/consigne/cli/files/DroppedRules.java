package io.consigne.cli.files;

import io.consigne.client.model.AccessRules;
import java.math.BigInteger;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rules of a link that somebody does not name who sets others: a host takes all at once. */
final class DroppedRules {
  private static final Pattern NETWORK = Pattern.compile("([0-9a-f.:]+)(?:/([0-9]{1,3}))?");

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
    List<String> kept = now.stream().map(DroppedRules::meaning).toList();
    before.stream()
        .filter(rule -> !kept.contains(meaning(rule)))
        .map(option::concat)
        .forEach(dropped::add);
  }

  /** One spelling of a rule: hosts have capital and small letters, and addresses, as they like. */
  private static String meaning(String rule) {
    String small = rule.toLowerCase(Locale.ROOT);
    Matcher network = NETWORK.matcher(small);
    if (!network.matches()) {
      return small;
    }
    try {
      byte[] address = InetAddress.ofLiteral(network.group(1)).getAddress();
      int all = 8 * address.length;
      int bits = network.group(2) == null ? all : Integer.parseInt(network.group(2));
      int others = Math.clamp(all - bits, 0, all);
      return new BigInteger(1, address).shiftRight(others) + "/" + others + "/" + all;
    } catch (IllegalArgumentException _) {
      return small;
    }
  }
}
