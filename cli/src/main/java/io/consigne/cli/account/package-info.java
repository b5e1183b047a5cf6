/** The commands about accounts: login, profiles, what is left. */
@NullMarked
package io.consigne.cli.account;

import org.jspecify.annotations.NullMarked;
