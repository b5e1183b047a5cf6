package io.consigne.cli.remote;

import io.consigne.cli.profile.Profile;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Problem;
import io.consigne.client.model.FileLink;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a person names something remote by. */
public sealed interface Address {
  /** A page may be asked for in a language: {@code /en/dir/…}. */
  Pattern FOLDER =
      Pattern.compile(
          "(https?://[^/?#]+)(?:/[a-z]{2})?(/dir/[A-Za-z0-9]+(?:/[0-9]+)?/?)(?:[?#].*)?");

  /**
   * {@code profile:/folder/file}, or {@code /folder/file} of the default profile.
   *
   * @param profile null for the default
   * @param path in its tree
   * @param mustBeFolder whether it ended with a slash
   */
  record InAccount(@Nullable String profile, RemotePath path, boolean mustBeFolder)
      implements Address {
    /** As sync takes it, which tells its two sides apart by the colon. */
    public String forSync() {
      return profile == null ? ":" + path : toString();
    }

    @Override
    public String toString() {
      return profile == null ? path.toString() : profile + ":" + path;
    }
  }

  /** A file by its link, which may be somebody else's. */
  record ByLink(FileLink link) implements Address {
    /** The same as an address of the web. */
    public URI web() {
      return Address.uri(link.url());
    }

    @Override
    public String toString() {
      return link.url();
    }
  }

  /**
   * A public folder: {@code https://1fichier.com/dir/CiLKCBI7}, without the language of its page
   * and what is behind; or, by its number, a folder inside one.
   */
  record PublicFolder(URI address) implements Address {
    @Override
    public String toString() {
      return address.toString();
    }
  }

  /**
   * Reads what a person typed. {@code :/folder} is of the default profile, as is {@code /folder}.
   */
  static Address parse(String text) {
    if (text.startsWith("https://") || text.startsWith("http://")) {
      return web(text);
    }
    if (text.startsWith(":")) {
      return parse("/" + text.substring(1));
    }
    Matcher named = Pattern.compile("(" + Profile.NAME + "):(.*)", Pattern.DOTALL).matcher(text);
    boolean folder = text.endsWith("/") || text.endsWith(":");
    if (named.matches()) {
      return new InAccount(named.group(1), RemotePath.of(named.group(2)), folder);
    }
    if (text.isEmpty()) {
      throw new Problem(Exit.USAGE, "an empty remote path; the root is /");
    }
    return new InAccount(null, RemotePath.of(text), folder);
  }

  private static Address web(String text) {
    Matcher folder = FOLDER.matcher(text);
    if (folder.matches()) {
      return new PublicFolder(uri(folder.group(1) + folder.group(2)));
    }
    return FileLink.parse(text)
        .<Address>map(ByLink::new)
        .orElseThrow(() ->
            new Problem(Exit.USAGE, "neither the link of a file nor a public folder: " + text));
  }

  /** A host may list what is none. */
  private static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException _) {
      throw new Problem(Exit.USAGE, "no address of the web: " + text);
    }
  }
}
