package io.consigne.client.transport;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Gives a body to the JDK's client, piece by piece as it asks for them. */
final class SentBody implements HttpRequest.BodyPublisher {
  private final WireBody body;
  private final Activity activity;

  SentBody(WireBody body, Activity activity) {
    this.body = body;
    this.activity = activity;
  }

  @Override
  public long contentLength() {
    return body.lengthBytes();
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    subscriber.onSubscribe(new Pieces(subscriber));
  }

  /** Runs on whatever thread asks; a request from within {@code onNext} is served by the loop. */
  private final class Pieces implements Flow.Subscription {
    private final Flow.Subscriber<? super ByteBuffer> subscriber;
    private WireBody.@Nullable Source source;
    private long asked;
    private boolean busy;
    private boolean over;

    Pieces(Flow.Subscriber<? super ByteBuffer> subscriber) {
      this.subscriber = subscriber;
    }

    @Override
    public void request(long pieces) {
      synchronized (this) {
        asked = asked + pieces < 0 ? Long.MAX_VALUE : asked + pieces;
        if (busy) {
          return;
        }
        busy = true;
      }
      while (takeTurn()) {
        give();
      }
    }

    private synchronized boolean takeTurn() {
      if (over || asked == 0) {
        busy = false;
        return false;
      }
      asked--;
      return true;
    }

    private void give() {
      try {
        WireBody.Source from = source == null ? body.open() : source;
        source = from;
        ByteBuffer piece = from.next();
        activity.moved();
        if (piece != null) {
          subscriber.onNext(piece);
          return;
        }
        end();
        subscriber.onComplete();
      } catch (IOException | RuntimeException e) {
        end();
        subscriber.onError(e);
      }
    }

    private void end() {
      WireBody.Source open;
      synchronized (this) {
        over = true;
        open = source;
      }
      if (open != null) {
        try {
          open.close();
        } catch (IOException e) {
          // What was read is known to be whole or not by its length.
        }
      }
    }

    @Override
    public void cancel() {
      end();
    }
  }
}
