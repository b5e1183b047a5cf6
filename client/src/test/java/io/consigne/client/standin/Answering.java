package io.consigne.client.standin;

import io.consigne.client.standin.RawHttp.Reply;
import io.consigne.client.standin.RawHttp.Request;
import java.io.IOException;

/** What does the requests that a stand-in lets through. */
public interface Answering {
  /** Does one. */
  Reply answer(Request request) throws IOException;
}
