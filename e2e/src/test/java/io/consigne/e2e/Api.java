package io.consigne.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Plain calls of a host by the JDK's client. */
public final class Api {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient client;
  private final String url;
  private final String key;

  private Api(HttpClient client, String url, String key) {
    this.client = client;
    this.url = url;
    this.key = key;
  }

  /** Calls over plain HTTP. */
  public Api(String url, String key) {
    this(client().build(), url, key);
  }

  /** Calls a host that made its own certificate authority. */
  public static Api trusting(Path authority, String url, String key) {
    return new Api(client().sslContext(context(authority)).build(), url, key);
  }

  private static HttpClient.Builder client() {
    return HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL);
  }

  private static SSLContext context(Path authority) {
    try (InputStream pem = Files.newInputStream(authority)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setCertificateEntry(
          "authority", CertificateFactory.getInstance("X.509").generateCertificate(pem));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** Calls {@code /v1/<path>}. */
  public HttpResponse<String> post(String path, String body) {
    return send(
        request("/v1/" + path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /** Calls {@code /v1/<path>} and reads the good answer. */
  public JsonNode call(String path, String body) {
    return json(post(path, body));
  }

  /** Uploads one file into the root and returns the report. */
  public HttpResponse<String> upload(String name, byte[] content) {
    return upload(new MultipartForm().file(name, content));
  }

  /** Uploads files into the root and returns the report. */
  public HttpResponse<String> upload(MultipartForm form) {
    return send(
        request("/upload.cgi")
            .header("JSON", "1")
            .header("Content-Type", MultipartForm.CONTENT_TYPE)
            .POST(HttpRequest.BodyPublishers.ofByteArray(form.bytes())));
  }

  /** The link of the only file of an upload's report. */
  public static String link(HttpResponse<String> report) {
    return json(report).path("links").path(0).path("download").asString();
  }

  /** The address from which the bytes of a file can be downloaded, as its owner. */
  public String address(String link) {
    return call("download/get_token.cgi", "{\"url\":\"" + link + "\"}").path("url").asString();
  }

  /** Downloads a file by its link, as its owner. */
  public byte[] download(String link) {
    try {
      return client
          .send(
              HttpRequest.newBuilder(URI.create(address(link))).build(),
              HttpResponse.BodyHandlers.ofByteArray())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .timeout(Duration.ofSeconds(60))
        .header("Authorization", "Bearer " + key);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  static JsonNode json(HttpResponse<String> response) {
    if (response.statusCode() != 200) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
    return JSON.readTree(response.body());
  }
}
