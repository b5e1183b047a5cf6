/** Moves requests and answers over HTTP, and knows nothing of what they mean. */
@NullMarked
package io.consigne.client.transport;

import org.jspecify.annotations.NullMarked;
