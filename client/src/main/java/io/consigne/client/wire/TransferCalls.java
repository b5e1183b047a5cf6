package io.consigne.client.wire;

import io.consigne.client.model.FileLink;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The calls with which transfers begin (reference: 1fichier-api, 8.1 and 9.1). */
public final class TransferCalls {
  private TransferCalls() {}

  /**
   * A permission to fetch a file, for all its ranges, over TLS whatever the account is set to.
   *
   * @param password of the link, or null
   * @param cdn whether credits may be spent
   */
  public static Call<DownloadAddress> token(FileLink link, @Nullable String password, boolean cdn) {
    var body = new LinkedHashMap<String, Object>();
    body.put("url", link.url());
    body.put("no_ssl", 0);
    if (password != null) {
      body.put("pass", password);
    }
    if (cdn) {
      body.put("cdn", 1);
    }
    return Call.reading(
        "download/get_token.cgi",
        body,
        answer -> new DownloadAddress(address(answer.textOrEmpty("url"))));
  }

  /** What cannot be an address is not shown: it may open the file all the same. */
  private static URI address(String text) {
    try {
      var address = new URI(text);
      if (address.getHost() != null && address.isAbsolute()) {
        return address;
      }
    } catch (URISyntaxException _) {
      // Its message would show it.
    }
    throw new IllegalArgumentException("it has no address to download from");
  }

  /** Where to upload to, and an id for it. */
  public static Call<UploadPlace> uploadPlace() {
    return Call.reading(
        "upload/get_upload_server.cgi",
        Map.of(),
        answer -> new UploadPlace(answer.textOrEmpty("url"), answer.textOrEmpty("id")));
  }

  /**
   * An address that opens a file for whoever has it.
   *
   * @param reveal the address
   */
  public record DownloadAddress(URI reveal) {
    @Override
    public String toString() {
      return "DownloadAddress[" + reveal.getHost() + "]";
    }
  }

  /**
   * Where to upload to.
   *
   * @param host its name, with a port if it is not the usual one
   * @param id of one upload
   */
  public record UploadPlace(String host, String id) {
    /** Refuses what cannot stand in an address. */
    public UploadPlace {
      if (!host.matches("[A-Za-z0-9.\\-:\\[\\]]+") || !id.matches("[A-Za-z0-9]{1,20}")) {
        throw new IllegalArgumentException("no place to upload to: " + host);
      }
    }
  }
}
