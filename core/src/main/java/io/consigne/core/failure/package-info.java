/** What can go wrong, as one sealed family of kinds that carry data. */
@NullMarked
package io.consigne.core.failure;

import org.jspecify.annotations.NullMarked;
