package io.consigne.core.remote;

import io.consigne.core.ids.LinkId;
import io.consigne.core.links.LinkAddress;
import io.consigne.core.remote.source.SourceHeaders;
import io.consigne.core.remote.source.SourceUrl;
import io.consigne.core.tree.FolderRef;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to be fetched.
 *
 * @param sources from where, at least one
 * @param headers sent to each of them
 * @param folder where the files go
 */
public record Wish(List<Source> sources, SourceHeaders headers, FolderRef folder) {
  private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/?#]*@");

  /** Copies the list. */
  public Wish {
    sources = List.copyOf(sources);
  }

  /** An address without user and password. */
  static String shown(String address) {
    return USER_INFO.matcher(address).replaceFirst("");
  }

  /**
   * One source.
   *
   * @param url its address
   * @param copiedOrNull the file of this host that the address is of, which is copied and not
   *     transferred; null for any other source
   * @param keyOrNull the owner's key of that place, which is sent to it alone; null for none
   */
  public record Source(SourceUrl url, @Nullable LinkId copiedOrNull, @Nullable String keyOrNull) {
    /** A source without a key. */
    public Source(SourceUrl url, @Nullable LinkId copiedOrNull) {
      this(url, copiedOrNull, null);
    }

    /** The same, with a key. */
    public Source with(@Nullable String key) {
      return new Source(url, copiedOrNull, key);
    }

    /** No key. */
    @Override
    public String toString() {
      return url.toString();
    }

    /** The address as its owner may see it: without user and password. */
    public String shown() {
      return Wish.shown(url.text());
    }

    /**
     * Takes an address from outside.
     *
     * @param here how the caller reaches this host: {@code files.example.org:8080}
     * @throws io.consigne.core.failure.FailureException {@code Invalid}
     */
    public static Source parse(String text, String here) {
      SourceUrl url = SourceUrl.parse(text);
      boolean own = url.authority().equals(here);
      return new Source(url, own ? LinkAddress.find(text).orElse(null) : null);
    }
  }
}
