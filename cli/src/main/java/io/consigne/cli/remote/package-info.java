/** What the commands of a client share: paths, and the tree of an account behind them. */
@NullMarked
package io.consigne.cli.remote;

import org.jspecify.annotations.NullMarked;
