/** What the tests of core share: a host's parts over both databases, and a clock to set. */
@NullMarked
package io.consigne.core.testing;

import org.jspecify.annotations.NullMarked;
