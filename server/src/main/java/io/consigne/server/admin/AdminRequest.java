package io.consigne.server.admin;

/**
 * Something that the operator asks for.
 *
 * @param verb what to do
 * @param account the account's e-mail; empty where none is meant
 * @param value what goes with it: a plan's name, a password, a key; empty where nothing does
 * @param columns of the terminal that shows the answer; 0 if none does
 */
public record AdminRequest(Verb verb, String account, String value, int columns) {
  /** A request whose answer no terminal shows. */
  public AdminRequest(Verb verb, String account, String value) {
    this(verb, account, value, 0);
  }

  /** The same for a terminal. */
  public AdminRequest within(int terminal) {
    return new AdminRequest(verb, account, value, terminal);
  }

  @Override
  public String toString() {
    return "AdminRequest[" + verb + " " + account + "]";
  }

  /** What can be asked for. */
  public enum Verb {
    /** Make an account; the value is an {@link AccountOrder}. Answers its master key. */
    ACCOUNT_ADD,
    /** List all accounts. */
    ACCOUNT_LIST,
    /** Give an account the plan in the value. */
    ACCOUNT_PLAN,
    /** Give an account other quotas; the value is an {@link AccountOrder}. */
    ACCOUNT_SET,
    /** Give an account the password in the value; empty takes the password login away. */
    ACCOUNT_PASSWORD,
    /** Close an account. */
    ACCOUNT_DISABLE,
    /** Open an account again. */
    ACCOUNT_ENABLE,
    /** Remove an account with all its files. */
    ACCOUNT_DELETE,
    /** List the files of an account that will be removed because nobody downloads them. */
    ACCOUNT_EXPIRING,
    /** List the keys of an account; the value is a {@link KeyOrder}. */
    KEY_LIST,
    /** Make a restricted key; the value is a {@link KeyOrder}. Answers it. */
    KEY_ADD,
    /** Change a restricted key; the value is a {@link KeyOrder}. */
    KEY_SET,
    /** Give a key a new secret; the value is a {@link KeyOrder}. Answers it. */
    KEY_ROTATE,
    /** Say what the key in the value is good for; no account is meant. */
    KEY_VERIFY,
    /** Make a new master key; the old one is dead in the same moment. Answers it. */
    KEY_REGENERATE,
    /** Revoke the key that the value names, or the master key. */
    KEY_REVOKE,
    /** Revoke the key in the value, which was found somewhere. */
    KEY_FOUND,
    /** Show the audit log of an account; the value is an {@link AuditQuestion}. */
    AUDIT
  }
}
