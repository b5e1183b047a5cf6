/** Identifiers and other small values that every domain package shares; a leaf. */
@NullMarked
package io.consigne.core.ids;

import org.jspecify.annotations.NullMarked;
