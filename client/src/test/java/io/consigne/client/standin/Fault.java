package io.consigne.client.standin;

/** How a request goes wrong. */
public enum Fault {
  /** It does not. */
  NONE,
  /** {@code 403 Flood detected}, and nothing is done. */
  FLOOD,
  /** {@code 403 IP Locked}, which lasts an hour, and nothing is done. */
  LOCK,
  /** {@code 429} with {@code Retry-After}, and nothing is done. */
  TOO_MANY,
  /** A page of a gateway, {@code 502}, and nothing is done. */
  BAD_GATEWAY,
  /** {@code 200} with HTML where JSON is due, and nothing is done. */
  PAGE,
  /** The connection ends before the request is read, and nothing is done. */
  CUT,
  /** It is done, then the connection ends without an answer. */
  LOST_ANSWER,
  /** It is done, then a gateway says {@code 504}. */
  DONE_BUT_504,
  /** An answer is cut short in the middle. */
  TRUNCATED,
  /** A report comes late: a page that says to wait. */
  LATE_REPORT,
  /** A report without links. */
  EMPTY_REPORT,
  /** The download's token has expired: a page. */
  EXPIRED_TOKEN
}
