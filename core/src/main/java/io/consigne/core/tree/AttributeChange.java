package io.consigne.core.tree;

import io.consigne.core.accounts.ChangeCounter;
import io.consigne.core.accounts.Right;
import io.consigne.core.db.Sql;
import io.consigne.core.failure.Failure;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to change about files; null leaves as it is.
 *
 * @param name the new name, of one file
 * @param description the new description; empty removes it
 * @param password what becomes of the password
 * @param flags the switches to turn
 * @param rules the new rules; {@link AccessRules#NONE} removes them
 */
public record AttributeChange(
    @Nullable FileName name,
    @Nullable String description,
    PasswordChange password,
    Flags flags,
    @Nullable AccessRules rules) {
  /** Refuses a description that no database keeps. */
  public AttributeChange {
    if (description != null && description.indexOf('\0') >= 0) {
      throw new Failure.Invalid(
              "description", description.replace('\0', '\uFFFD'), "must not contain NUL")
          .asException();
    }
  }

  /** The rights that the change needs: who opens a file to others, or closes it, shares it. */
  Set<Right> rights() {
    boolean opens = rules != null || !(password instanceof PasswordChange.Keep);
    boolean writes = name != null || description != null || flags.any();
    if (opens) {
      return writes ? EnumSet.of(Right.WRITE, Right.SHARE) : EnumSet.of(Right.SHARE);
    }
    return EnumSet.of(Right.WRITE);
  }

  /** Applies the change; false if the file is as wished already. */
  boolean applyTo(Sql sql, StoredFile file) {
    FileAttributes before = file.attributes();
    var after =
        new FileAttributes(
            before.domain(),
            description == null ? before.description() : description,
            password.appliedTo(before.password()),
            flags.inline() == null ? before.inline() : flags.inline(),
            flags.noSsl() == null ? before.noSsl() : flags.noSsl(),
            flags.cdn() == null ? before.cdn() : flags.cdn(),
            rules == null ? before.rules() : rules);
    FileName newName = name == null ? file.name() : name;
    if (after.equals(before) && newName.equals(file.name())) {
      return false;
    }
    sql.update(
        """
        UPDATE files SET name = ?, description = ?, password = ?, inline = ?, no_ssl = ?, cdn = ?,
          acl = ?, revision = ?
        WHERE id = ?
        """,
        newName.value(),
        after.description(),
        after.password(),
        after.inline(),
        after.noSsl(),
        after.cdn(),
        after.acl(),
        ChangeCounter.next(sql, file.account()),
        file.id().value());
    return true;
  }

  /** What is changed, for the audit log: no value that could be a secret. */
  String summary() {
    var parts = new ArrayList<String>();
    if (name != null) {
      parts.add("name " + name);
    }
    if (description != null) {
      parts.add("description");
    }
    switch (password) {
      case PasswordChange.Keep _ -> {}
      case PasswordChange.Remove _ -> parts.add("no password");
      case PasswordChange.Set _ -> parts.add("password");
    }
    if (flags.inline() != null || flags.noSsl() != null || flags.cdn() != null) {
      parts.add("flags");
    }
    if (rules != null) {
      parts.add(rules.isEmpty() ? "no rules" : "rules");
    }
    return String.join(", ", parts);
  }

  @Override
  public String toString() {
    return "AttributeChange[name=%s, flags=%s, rules=%s]".formatted(name, flags, rules);
  }

  /** Switches; null leaves one as it is. */
  public record Flags(@Nullable Boolean inline, @Nullable Boolean noSsl, @Nullable Boolean cdn) {
    boolean any() {
      return inline != null || noSsl != null || cdn != null;
    }
  }

  /** What becomes of a password. */
  public sealed interface PasswordChange {
    /** Leaves it as it is. */
    PasswordChange KEEP = new Keep();

    /** Takes it away. */
    PasswordChange REMOVE = new Remove();

    /** The hash afterwards. */
    @Nullable String appliedTo(@Nullable String before);

    /** Leaves it as it is. */
    record Keep() implements PasswordChange {
      @Override
      public @Nullable String appliedTo(@Nullable String before) {
        return before;
      }
    }

    /** Takes it away. */
    record Remove() implements PasswordChange {
      @Override
      public @Nullable String appliedTo(@Nullable String before) {
        return null;
      }
    }

    /** Sets it, as Argon2id hash. */
    record Set(String hash) implements PasswordChange {
      @Override
      public @Nullable String appliedTo(@Nullable String before) {
        return hash;
      }

      @Override
      public String toString() {
        return "Set[…]";
      }
    }
  }
}
