/** User access tokens: what they say, and who checks them. Does not: who may have one. */
package io.vaxel.common.token;
