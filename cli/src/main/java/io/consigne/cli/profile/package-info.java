/**
 * Accounts by name: where their host is, and where their key lies. Keys are in the keyring of the
 * system, in files that only their owner reads, or come from a command; never in the list itself.
 */
@NullMarked
package io.consigne.cli.profile;

import org.jspecify.annotations.NullMarked;
