/** API keys: what opens an account. */
@NullMarked
package io.consigne.core.keys;

import org.jspecify.annotations.NullMarked;
