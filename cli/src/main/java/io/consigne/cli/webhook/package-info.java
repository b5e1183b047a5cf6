/** {@code consigne webhook}: has a host tell addresses what happens to an account. */
@NullMarked
package io.consigne.cli.webhook;

import org.jspecify.annotations.NullMarked;
