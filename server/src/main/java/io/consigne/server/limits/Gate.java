package io.consigne.server.limits;

import io.consigne.core.accounts.Access;
import io.consigne.core.ids.Caller;
import io.consigne.core.ids.FileId;
import io.consigne.core.limits.Admission;
import io.consigne.core.limits.CallKind;
import io.consigne.core.limits.Calls;
import io.consigne.core.limits.CallsAtOnce;
import io.consigne.core.limits.Direction;
import io.consigne.core.limits.Payer;
import io.consigne.core.limits.Transfer;
import io.consigne.core.limits.Transfers;
import io.consigne.server.http.Exchange;
import io.consigne.server.http.Handler;
import io.consigne.server.http.Taking;
import java.io.IOException;
import java.time.Duration;

/**
 * Lets requests in, or refuses them, and tells each answer how its limits stand. Each function
 * throws a {@code FailureException} with {@code TooFast} or {@code AllowanceUsed} when it refuses;
 * the fields stand in the answer then, too.
 */
public final class Gate {
  /** A body of up to so many bytes is in nobody's way. */
  private static final int SHORT_BODY_BYTES = 8 * 1024;

  private final Calls calls;
  private final Transfers transfers;

  /** Charges calls to {@code calls}, and lets {@code transfers} begin. */
  public Gate(Calls calls, Transfers transfers) {
    this.calls = calls;
    this.transfers = transfers;
  }

  /** Where a request comes from. */
  public static Caller caller(Exchange exchange) {
    return new Caller(exchange.clientAddress(), exchange.header("User-Agent").orElse(""));
  }

  /** A call by a known caller. */
  public void call(Exchange exchange, Access access) {
    tell(exchange, calls.call(access, exchange.clientAddress()));
  }

  /** A page or an upload by a known caller, whose key may have a rate of its own. */
  public void ownRate(Exchange exchange, Access access) {
    tell(exchange, calls.ownRate(access));
  }

  /** A page or call that needs no key. */
  public void open(Exchange exchange) {
    tell(exchange, calls.open(exchange.clientAddress()));
  }

  /** A request for what is not there, or one that is refused before anybody looked for a key. */
  public void notThere(Exchange exchange) {
    tell(exchange, calls.notThere(exchange.clientAddress()));
  }

  /** A call with a key or password that nobody has. */
  public void stranger(Exchange exchange) {
    tell(exchange, calls.stranger(exchange.clientAddress()));
  }

  /** What a known caller's call is charged for beside being one. */
  public void charge(Exchange exchange, Access access, CallKind kind) {
    tell(exchange, calls.charge(Payer.of(access), kind));
  }

  /** Waits for the turn of a known caller's call; to be closed when it is answered. */
  public CallsAtOnce.Place enter(Exchange exchange, Access access) {
    return calls.enter(access, new Client(exchange));
  }

  /**
   * Waits for the turn of a known caller, for {@code own} at most while its account has no place.
   */
  public CallsAtOnce.Place enter(Exchange exchange, Access access, Duration own) {
    return calls.enter(access, new Client(exchange), own);
  }

  /**
   * Waits for the turn of a page that may be long, of whoever is at its address. What it needs of
   * the request was read before: nobody holds a place while sending.
   */
  public CallsAtOnce.Place enter(Exchange exchange) {
    return calls.enter(exchange.clientAddress(), new Client(exchange));
  }

  /**
   * The body of whoever sends it, fewer bytes than {@code most} only at its end. One that is not
   * short is waited for with a few others, as memory is held for it meanwhile.
   */
  public byte[] body(Exchange exchange, int most, Duration time) throws IOException {
    byte[] begin = exchange.bodyBytes(Math.min(most, SHORT_BODY_BYTES), time);
    if (begin.length < SHORT_BODY_BYTES) {
      return begin;
    }
    try (CallsAtOnce.Place _ = calls.enterBody(exchange.clientAddress(), sender(exchange))) {
      return exchange.bodyBytes(begin, most, time);
    }
  }

  /** Whoever sends the rest of a body, for those who wait until that has come. */
  public static CallsAtOnce.Sender sender(Exchange exchange) {
    return new Sender(exchange, exchange.coming().soFar());
  }

  /** Charges {@code page} as a call to the address that asks for it. */
  public Handler page(Handler page) {
    return exchange -> {
      open(exchange);
      page.handle(exchange);
    };
  }

  /** Begins an upload; to be closed when it ends. */
  public Transfer upload(Exchange exchange, Payer payer) {
    tell(exchange, calls.charge(payer, CallKind.UPLOAD));
    return transfers.begin(Direction.UPLOAD, payer, exchange);
  }

  /**
   * Begins to send a file, or a range of it; to be closed when that is sent. Further ranges of a
   * file that was begun lately are not charged.
   */
  public Transfer download(Exchange exchange, Payer payer, FileId file) {
    tell(exchange, calls.download(payer, file));
    return transfers.begin(Direction.DOWNLOAD, payer, file);
  }

  private static void tell(Exchange exchange, Admission admission) {
    if (!admission.standings().isEmpty()) {
      exchange.addHeader(RateLimitFields.POLICY, RateLimitFields.policy(admission.standings()));
      exchange.addHeader(RateLimitFields.LIMIT, RateLimitFields.limit(admission.standings()));
    }
    admission.require();
  }

  /**
   * Whoever sends the body of an exchange.
   *
   * @param before what came before
   */
  private record Sender(Exchange exchange, Taking.SoFar before) implements CallsAtOnce.Sender {
    @Override
    public CallsAtOnce.Taken taken() {
      Taking.SoFar now = exchange.coming().soFar();
      return new CallsAtOnce.Taken(
          now.bytes() - before.bytes(), now.waited().minus(before.waited()));
    }

    @Override
    public void hangUp() {
      exchange.hangUp();
    }
  }

  /** Whoever takes the answer of an exchange. */
  private record Client(Exchange exchange) implements CallsAtOnce.Taker {
    @Override
    public CallsAtOnce.Taken taken() {
      Taking.SoFar now = exchange.taking().soFar();
      return new CallsAtOnce.Taken(now.bytes(), now.waited());
    }

    @Override
    public void hangUp() {
      exchange.hangUp();
    }
  }
}
