package io.consigne.core.remote;

import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.core.ids.LinkId;
import io.consigne.core.links.LinkAddress;
import io.consigne.core.remote.source.SourceHeaders;
import io.consigne.core.remote.source.SourceLimits;
import io.consigne.core.remote.source.SourceUrl;
import io.consigne.core.tree.FolderRef;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to be fetched.
 *
 * @param items from where, at least one
 * @param headers sent to each of them
 * @param folder where the files go
 */
public record Wish(List<Item> items, SourceHeaders headers, FolderRef folder) {
  private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/?#]*@");

  /** Copies the list. */
  public Wish {
    items = List.copyOf(items);
  }

  /** An address without user and password; of what is none, no part that could be one of them. */
  static String shown(String address) {
    String bare = USER_INFO.matcher(address).replaceFirst("");
    boolean sure = isAddress(address) || (isAddress(bare) && bare.indexOf('@') < 0);
    return sure ? bare : SourceUrl.shown(address);
  }

  private static boolean isAddress(String text) {
    try {
      SourceUrl.parse(text);
      return true;
    } catch (FailureException _) {
      return false;
    }
  }

  /** What stands at one place of the list. */
  public sealed interface Item {
    /**
     * Takes an address from outside; what is none is refused for itself, not for what stands beside
     * it.
     *
     * @param here the hosts under which the caller may know this one: {@code
     *     files.example.org:8080}
     */
    static Item parse(String text, Set<String> here) {
      try {
        return Source.parse(text, here);
      } catch (FailureException e) {
        return new Refused(cut(text.strip()), e.failure(), null);
      }
    }

    /** What is longer than an address can be stays longer, whatever is made of it later. */
    private static String cut(String text) {
      if (text.length() <= SourceLimits.ADDRESS_LENGTH) {
        return text;
      }
      String kept = text.substring(0, SourceLimits.ADDRESS_LENGTH);
      return kept.replaceFirst("[\\x{D800}-\\x{DBFF}]$", "…") + "…";
    }

    /** The address as the database holds it. */
    String text();

    /** The address as its owner may see it: without user and password. */
    default String shown() {
      return Wish.shown(text());
    }
  }

  /**
   * What cannot be fetched, as is known at once.
   *
   * @param text what was given; cut where no address can be as long
   * @param failure why not
   * @param keyOrNull as of a source, for when it is asked for again
   */
  public record Refused(String text, Failure failure, @Nullable String keyOrNull) implements Item {
    /** Why not, in the words of a fetch that failed: without the address. */
    public String reason() {
      return switch (failure) {
        case Failure.NotAllowed(String what) -> what;
        case Failure.Invalid invalid -> invalid.withoutValue();
        default -> failure.message();
      };
    }

    /** No text, which may hold a secret, and no key. */
    @Override
    public String toString() {
      return "refused: " + reason();
    }
  }

  /**
   * One source.
   *
   * @param url its address
   * @param copiedOrNull the file of this host that the address is of, which is copied and not
   *     transferred; null for any other source
   * @param keyOrNull the owner's key of that place, which is sent to it alone; null for none
   */
  public record Source(SourceUrl url, @Nullable LinkId copiedOrNull, @Nullable String keyOrNull)
      implements Item {
    /** A source without a key. */
    public Source(SourceUrl url, @Nullable LinkId copiedOrNull) {
      this(url, copiedOrNull, null);
    }

    /** This source, asked for with another key; null for none. */
    public Source with(@Nullable String key) {
      return new Source(url, copiedOrNull, key);
    }

    /** No key. */
    @Override
    public String toString() {
      return url.toString();
    }

    @Override
    public String text() {
      return url.text();
    }

    private static Source parse(String text, Set<String> here) {
      SourceUrl url = SourceUrl.parse(text);
      boolean own = here.contains(url.authority());
      return new Source(url, own ? LinkAddress.find(text).orElse(null) : null);
    }
  }
}
