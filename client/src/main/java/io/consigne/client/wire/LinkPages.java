package io.consigne.client.wire;

import io.consigne.client.model.Checksums;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.Refusal.Said;
import io.consigne.client.model.RefusedException;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.transport.WireAnswer;
import io.consigne.client.transport.WireBody;
import io.consigne.client.wire.TransferCalls.DownloadAddress;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Files as strangers get them, without a key: a Consigne host leads whoever submits the page of a
 * link to the file. 1fichier.com shows another page then, for people (reference: 1fichier-api,
 * 8.3), and no file.
 */
public final class LinkPages {
  private static final Pattern SHA256 = Pattern.compile("\"([0-9a-f]{64})\"");
  private static final Pattern ENCODED_NAME =
      Pattern.compile("(?i).*;\\s*filename\\*=utf-8''([^;\\s]+).*");
  private static final Pattern PLAIN_NAME = Pattern.compile("(?i).*;\\s*filename=\"([^\"]*)\".*");

  private final Wire wire;

  /** Asks through {@code wire}. */
  public LinkPages(Wire wire) {
    this.wire = wire;
  }

  /**
   * Where a file may be fetched, as the page of its link says. A password goes to the host that is
   * asked, whatever host the link names.
   *
   * @param password of the link, or null
   * @throws RefusedException if the host wants more, as a password or a person
   */
  public DownloadAddress open(FileLink link, @Nullable String password) throws IOException {
    URI page = wire.site("/?" + link.id());
    WireBody form = WireBody.of(password == null ? "" : PublicPages.password(password));
    return switch (wire.submit(page, form)) {
      case Wire.Submitted.Onward onward -> new DownloadAddress(resolved(page, onward.location()));
      case Wire.Submitted.Shown shown -> throw new RefusedException(refusal(shown.page()));
    };
  }

  private static URI resolved(URI page, String location) throws RefusedException {
    try {
      return page.resolve(location);
    } catch (IllegalArgumentException _) {
      // Its message would show what may open the file.
      throw new RefusedException(
          new Refusal.Invalid(new Said(0, "the page of the file leads to no address")));
    }
  }

  /** A page that shows no known words wants a person. */
  private static Refusal refusal(Wire.Page page) {
    Refusal refusal = page.refusal();
    if (!(refusal instanceof Refusal.Unavailable) || !Answers.isSuccess(page.head().status())) {
      return refusal;
    }
    return PublicPages.asksForPassword(page)
        ? new Refusal.PasswordNeeded(new Said(0, "the file needs its password"))
        : new Refusal.Denied(
            new Said(
                0, "the host gives this file to accounts, and else to people at its page alone"));
  }

  /**
   * What is said of a file where it may be fetched. The host's {@code ETag} is the SHA-256.
   *
   * @param link of the file
   * @param locked whether it has a password
   */
  public RemoteFile file(DownloadAddress address, FileLink link, boolean locked)
      throws IOException {
    try (WireAnswer head = wire.head(address)) {
      Matcher sha256 = SHA256.matcher(head.header("ETag").orElse(""));
      String size = head.header("Content-Length").orElse("");
      if (!size.matches("[0-9]{1,18}")) {
        throw new RefusedException(
            new Refusal.Invalid(new Said(0, "the host does not tell how long the file is")));
      }
      return new RemoteFile(
          link,
          wire.nameHere(name(head.header("Content-Disposition").orElse(""))),
          Long.parseLong(size),
          new RemoteFile.Times(null, null),
          new Checksums(null, sha256.matches() ? sha256.group(1) : null),
          "",
          new RemoteFile.Locks(locked, false),
          null);
    }
  }

  /** As RFC 6266 has it; empty for none. */
  private static String name(String disposition) {
    Matcher encoded = ENCODED_NAME.matcher(disposition);
    Matcher plain = PLAIN_NAME.matcher(disposition);
    try {
      return encoded.matches()
          ? URLDecoder.decode(encoded.group(1).replace("+", "%2B"), StandardCharsets.UTF_8)
          : plain.matches() ? plain.group(1) : "";
    } catch (IllegalArgumentException _) {
      return "";
    }
  }
}
