package io.consigne.client.wire;

import io.consigne.client.model.KeyState;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.Refusal.Said;
import io.consigne.client.model.RefusedException;
import io.consigne.client.transport.Transport;
import io.consigne.client.transport.WireAnswer;
import io.consigne.client.transport.WireBody;
import io.consigne.client.transport.WireRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Sends calls once each, and reads their answers. */
public final class Wire {
  private static final String JSON = "application/json";

  /** Sees the head of every answer. */
  @FunctionalInterface
  public interface Observer {
    /** An answer has come. */
    void saw(WireAnswer head) throws IOException;
  }

  private final Endpoint endpoint;
  private final Transport transport;
  private final String agent;
  private final Observer observer;
  private final Names names;

  /**
   * Speaks to a host.
   *
   * @param agent the name of the program, for the host's log
   * @param observer sees the head of every answer
   */
  public Wire(Endpoint endpoint, Transport transport, String agent, Observer observer) {
    this.endpoint = endpoint;
    this.transport = transport;
    this.agent = agent;
    this.observer = observer;
    this.names = endpoint.isOneFichier() ? Names.LOOK_ALIKE : Names.PLAIN;
  }

  /** A name as the host is told it. */
  public String nameThere(String name) {
    return names.there(name);
  }

  /** A name that the host tells. */
  String nameHere(String name) {
    return names.here(name);
  }

  /**
   * Sends a call.
   *
   * @throws RefusedException if the host refuses
   */
  public <T> T send(Call<T> call) throws IOException {
    WireRequest request =
        WireRequest.post(
                endpoint.call(call.path()), WireBody.of(Json.write(names.request(call.body()))))
            .with("Content-Type", JSON);
    try (WireAnswer answer = exchange(keyed(request))) {
      JsonObject object = names.answer(Answers.object(answer));
      try {
        return call.reader().apply(object);
      } catch (IllegalArgumentException e) {
        throw unreadable(answer, e);
      }
    }
  }

  private static RefusedException unreadable(WireAnswer answer, IllegalArgumentException cause) {
    var refused =
        new RefusedException(
            new Refusal.Unavailable(
                new Said(answer.status(), "the answer cannot be read: " + cause.getMessage()),
                Duration.ZERO));
    refused.initCause(cause);
    return refused;
  }

  /**
   * Sends the files of an upload. That it returns means that the host has taken the body; what
   * became of it says the {@link #report}.
   *
   * @throws RefusedException if the host refuses, or answers a page, which may mean either
   */
  public void upload(TransferCalls.UploadPlace place, MultipartBody body) throws IOException {
    WireRequest request =
        WireRequest.post(endpoint.node(place.host(), "/upload.cgi?id=" + place.id()), body)
            .with("Content-Type", "multipart/form-data; boundary=" + body.boundary());
    try (WireAnswer answer = exchange(keyed(request))) {
      if (answer.status() < 300 || answer.status() >= 400) {
        Answers.object(answer);
      }
    }
  }

  /**
   * What became of an upload.
   *
   * @throws RefusedException if the host does not know it, or not yet
   */
  public UploadReport report(TransferCalls.UploadPlace place) throws IOException {
    WireRequest request =
        WireRequest.get(endpoint.node(place.host(), "/end.pl?xid=" + place.id())).with("JSON", "1");
    try (WireAnswer answer = exchange(keyed(request))) {
      return UploadReport.of(names.answer(Answers.object(answer)));
    }
  }

  /** What the key is good for, which Consigne hosts tell. */
  public KeyState key() throws IOException {
    try (WireAnswer answer = exchange(keyed(WireRequest.get(endpoint.call(KeyAnswers.PATH))))) {
      return KeyAnswers.read(Answers.object(answer));
    }
  }

  /** Asks for the front page without the key, for the head of whatever is answered. */
  public int knock() throws IOException {
    try (WireAnswer answer = exchange(WireRequest.get(site("/")))) {
      return answer.status();
    }
  }

  /**
   * The bytes of a file from an offset on, without the key. The answer must be closed.
   *
   * @param lastByte of the range, inclusive; negative for the end of the file
   * @throws RefusedException if the answer is no file, or the address is without TLS though the
   *     host is not
   */
  public WireAnswer download(TransferCalls.DownloadAddress address, long firstByte, long lastByte)
      throws IOException {
    requireTls(address);
    String range = "bytes=" + firstByte + "-" + (lastByte < 0 ? "" : lastByte);
    WireRequest request = WireRequest.get(address.reveal());
    WireAnswer answer =
        exchange(firstByte == 0 && lastByte < 0 ? request : request.with("Range", range));
    if (isFile(answer)) {
      return answer;
    }
    try (answer) {
      throw new RefusedException(Answers.page(answer, answer.text(Answers.PAGE_BYTES)));
    }
  }

  /**
   * Refuses an address without TLS where the host itself has it: others on the way would read the
   * file, and could change it.
   */
  public void requireTls(TransferCalls.DownloadAddress address) throws RefusedException {
    URI uri = address.reveal();
    if (endpoint.base().getScheme().equals("https") && !"https".equals(uri.getScheme())) {
      throw new RefusedException(
          new Refusal.Denied(
              new Said(
                  0,
                  "the host names an address without TLS, from which no bytes are fetched: "
                      + uri.getAuthority()
                      + "; the account, or the owner of the file, has downloads by HTTP")));
    }
  }

  /**
   * What is said of a file at an address, without its bytes and without the key. The answer must be
   * closed.
   *
   * @throws RefusedException if the answer is of no file
   */
  WireAnswer head(TransferCalls.DownloadAddress address) throws IOException {
    requireTls(address);
    WireAnswer answer =
        exchange(new WireRequest("HEAD", address.reveal(), Map.of(), WireBody.NONE));
    if (isFile(answer)) {
      return answer;
    }
    try (answer) {
      throw new RefusedException(Answers.page(answer, ""));
    }
  }

  /** A page for people instead of the file has no name to save it under. */
  private static boolean isFile(WireAnswer answer) {
    String type = answer.header("Content-Type").orElse("");
    boolean page = type.startsWith("text/html") && answer.header("Content-Disposition").isEmpty();
    return Answers.isSuccess(answer.status()) && !page;
  }

  /** What a public address answers with success. */
  record Page(WireAnswer head, String text) {
    /** What it means that this is not what was asked for. */
    Refusal refusal() {
      return Answers.page(head, text);
    }
  }

  /** What a public address answers, below the site or absolute, asked for without the key. */
  Page page(URI uri, WireBody form) throws IOException {
    WireRequest request =
        WireRequest.post(uri, form).with("Content-Type", "application/x-www-form-urlencoded");
    try (WireAnswer answer = exchange(request)) {
      String text = Answers.text(answer);
      if (!Answers.isSuccess(answer.status())) {
        throw new RefusedException(
            Json.object(text)
                .map(object -> Answers.refusal(answer, object.textOrEmpty("message")))
                .orElseGet(() -> Answers.page(answer, text)));
      }
      return new Page(answer, text);
    }
  }

  /** What submitting the form of a page leads to. */
  sealed interface Submitted {
    /** Another address. */
    record Onward(String location) implements Submitted {}

    /** A page again. */
    record Shown(Page page) implements Submitted {}
  }

  /** Submits the form of a page, without the key, and goes nowhere from there. */
  Submitted submit(URI uri, WireBody form) throws IOException {
    WireRequest request =
        WireRequest.post(uri, form).with("Content-Type", "application/x-www-form-urlencoded");
    try (WireAnswer answer = exchange(request)) {
      Optional<String> location = answer.header("Location");
      return answer.status() / 100 == 3 && location.isPresent()
          ? new Submitted.Onward(location.get())
          : new Submitted.Shown(new Page(answer, answer.text(Answers.PAGE_BYTES)));
    }
  }

  URI site(String path) {
    return URI.create(endpoint.site() + path);
  }

  private WireRequest keyed(WireRequest request) throws IOException {
    if (!endpoint.trusts(request.uri())) {
      throw new RefusedException(
          new Refusal.Denied(
              new Said(
                  0,
                  "the host names another address, to which the key is not sent: "
                      + request.uri().getAuthority()
                      + "; if it is the same host, log in with that")));
    }
    return request.with("Authorization", "Bearer " + endpoint.key().reveal());
  }

  private WireAnswer exchange(WireRequest request) throws IOException {
    WireAnswer answer = transport.send(request.with("User-Agent", agent));
    try {
      observer.saw(answer);
    } catch (IOException | RuntimeException e) {
      answer.close();
      throw e;
    }
    return answer;
  }
}
