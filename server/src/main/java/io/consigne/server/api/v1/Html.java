package io.consigne.server.api.v1;

import io.consigne.core.ids.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/** The few HTML pages of the public addresses: no scripts, one small style, everything escaped. */
final class Html {
  private static final String STYLE =
      """
      :root{color-scheme:light dark;--text:#1d2733;--note:#5b6672;--error:#b00020;--link:#1a56b0;\
      --ground:#f6f7f9;--paper:#ffffff;--edge:#d9dee4;--button:#1f5fbf;--label:#ffffff}
      @media(prefers-color-scheme:dark){\
      :root{--text:#e3e8ee;--note:#a3aeba;--error:#ff8a94;--link:#8ab4ff;\
      --ground:#12161b;--paper:#1b2129;--edge:#3a4450;--button:#2b62b8;--label:#ffffff}}
      body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:3rem auto;padding:0 1rem;\
      color:var(--text);background:var(--ground)}
      main{background:var(--paper);border:1px solid var(--edge);border-radius:8px;\
      padding:1.5rem 2rem}
      h1{font-size:1.3rem;margin:0 0 1rem;overflow-wrap:anywhere}
      a{color:var(--link)}
      table{width:100%;border-collapse:collapse}
      td,th{text-align:left;padding:.35rem .5rem;border-bottom:1px solid var(--edge);\
      overflow-wrap:anywhere}
      td.size,th.size{text-align:right;white-space:nowrap}
      td.normal,td.date{white-space:nowrap}
      .file td:first-child{color:var(--note);width:1%;white-space:nowrap}
      .address{font-size:.85rem;user-select:all}
      input,button{font:inherit;padding:.45rem .8rem;border-radius:6px;\
      border:1px solid var(--note)}
      button{background:var(--button);border-color:var(--button);color:var(--label);cursor:pointer}
      nav{margin:0 0 .3rem;color:var(--note);overflow-wrap:anywhere}
      .folders{list-style:none;margin:0 0 1rem;padding:0}
      .folders li{padding:.35rem .5rem;border-bottom:1px solid var(--edge);\
      overflow-wrap:anywhere}
      .folders li::after{content:"/";color:var(--note)}
      button.step{background:none;border:0;padding:0;color:var(--link);text-align:left;\
      text-decoration:underline;overflow-wrap:anywhere}
      .note{color:var(--note)}.error{color:var(--error)}
      th{overflow-wrap:normal}
      @media(max-width:40rem){\
      body{margin:1rem auto}main{padding:1rem}.date{display:none}\
      .free tr,.premium tr{display:block;padding:.5rem 0;border-bottom:1px solid var(--edge)}\
      .free tr:first-child,.premium tr:first-child{display:none}\
      .free td,.premium td{display:block;text-align:left;border:0;padding:.1rem 0}}
      """;

  /** What comes after the body of a page. */
  static final String BOTTOM = "\n</main></body>\n</html>\n";

  private Html() {}

  /** A whole page; {@code title} is plain text, {@code body} is HTML. */
  static String page(String title, String body) {
    return top(title) + body + BOTTOM;
  }

  /** What comes before the body of a page. */
  static String top(String title) {
    return """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="referrer" content="no-referrer">
    <meta name="robots" content="noindex">
    <title>%s</title>
    <style>%s</style>
    </head>
    <body><main>
    """
        .formatted(text(title), STYLE);
  }

  /** The one style of all pages, as a policy names it that allows no other. */
  static String styleHash() {
    byte[] hash = Sha256.digest().digest(STYLE.getBytes(StandardCharsets.UTF_8));
    return "sha256-" + Base64.getEncoder().encodeToString(hash);
  }

  /** A name within other text, whose direction ends where the name does. */
  static String name(String plain) {
    return "<bdi>" + text(plain) + "</bdi>";
  }

  /**
   * Text for HTML content and quoted attributes. Signs that turn the direction of what follows are
   * replaced: with them a program's name reads like a picture's.
   */
  static String text(String plain) {
    var escaped = new StringBuilder(plain.length() + 16);
    plain
        .codePoints()
        .forEach(point -> {
          switch (point) {
            case '&' -> escaped.append("&amp;");
            case '<' -> escaped.append("&lt;");
            case '>' -> escaped.append("&gt;");
            case '"' -> escaped.append("&quot;");
            case '\'' -> escaped.append("&#39;");
            default -> escaped.appendCodePoint(turns(point) ? 0xFFFD : point);
          }
        });
    return escaped.toString();
  }

  private static boolean turns(int point) {
    return (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
  }

  /** A size for people, as {@code 1.4 GB}. */
  static String size(long bytes) {
    if (bytes < 1000) {
      return bytes + " B";
    }
    double value = bytes;
    String[] units = {"kB", "MB", "GB", "TB", "PB", "EB"};
    int unit = -1;
    do {
      value /= 1000;
      unit++;
    } while (value >= 999.95 && unit < units.length - 1);
    return String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
  }
}
