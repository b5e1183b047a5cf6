package io.consigne.client.model;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The hosts in addresses of the web, in the spelling by which keys are given for them. */
public final class LinkHosts {
  private static final Pattern ADDRESS =
      Pattern.compile("(?i)(https?)://(?:[^/?#@]*@)?([^/?#@:\\[\\]]+|\\[[^\\]]*\\])(?::([0-9]+))?");

  /** Links of all of them are links of 1fichier. */
  static final Set<String> FICHIER =
      Set.of(
          "1fichier.com",
          "alterupload.com",
          "cjoint.net",
          "desfichiers.com",
          "dfichiers.com",
          "megadl.fr",
          "mesfichiers.org",
          "piecejointe.net",
          "pjointe.com",
          "tenvoi.com",
          "dl4free.com");

  private static final Pattern FICHIER_LINK =
      Pattern.compile("(?:/(?:[a-z]{2}/)?)?[?][A-Za-z0-9]{5,20}(?:[&#].*)?");

  private static final Pattern LINK = Pattern.compile("/?[?][a-z0-9]{20}(?:[&#].*)?");

  private LinkHosts() {}

  /**
   * The host of an address.
   *
   * @param address such as {@code https://files.example.org:8443/?abc}
   * @return the host, with its port if that is not the usual one; empty if it is none of the web
   */
  public static Optional<String> of(String address) {
    Matcher parts = ADDRESS.matcher(address.strip());
    if (!parts.lookingAt()) {
      return Optional.empty();
    }
    String usual = parts.group(1).equalsIgnoreCase("https") ? "443" : "80";
    String host = host(parts.group(2));
    String port = parts.group(3);
    return Optional.of(port == null || port.equals(usual) ? host : host + ":" + port);
  }

  /**
   * One spelling of a host as somebody writes it.
   *
   * @param text such as {@code Files.Example.org.}
   * @return in small letters, without a dot at its end
   */
  public static String host(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  /**
   * {@return whether a host that fetches takes an address for the link of a file, and so takes a
   * key for it; all other addresses are fetched as they stand}
   *
   * @param address such as {@code https://1fichier.com/?2zk52quqlm0cbjr93ri5}
   */
  public static boolean isLink(String address) {
    String text = address.strip();
    Matcher parts = ADDRESS.matcher(text);
    if (!parts.lookingAt()) {
      return false;
    }
    Pattern link = isFichierLinkHost(host(parts.group(2))) ? FICHIER_LINK : LINK;
    return link.matcher(text.substring(parts.end())).matches();
  }

  /**
   * {@return whether links at this host are links of 1fichier}
   *
   * @param host in the spelling of {@link #host}
   */
  public static boolean isFichierLinkHost(String host) {
    return FICHIER.contains(host.startsWith("www.") ? host.substring(4) : host);
  }

  /**
   * {@return whether the API at this host is that of 1fichier.com, and of no host of one's own}
   *
   * @param host in small letters
   */
  public static boolean isFichierApi(String host) {
    return host.equals("1fichier.com") || host.endsWith(".1fichier.com");
  }
}
