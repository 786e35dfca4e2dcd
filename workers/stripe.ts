// Of Stripe's library the webhooks alone; whole, it is 50 KiB more. See [alias] in wrangler.toml.
import { SubtleCryptoProvider } from "../node_modules/stripe/esm/crypto/SubtleCryptoProvider.js";
import { StripeSignatureVerificationError } from "../node_modules/stripe/esm/Error.js";
import { WebPlatformFunctions } from "../node_modules/stripe/esm/platform/WebPlatformFunctions.js";
import { createWebhooks } from "../node_modules/stripe/esm/Webhooks.js";

export default {
  webhooks: createWebhooks(new WebPlatformFunctions()),
  createSubtleCryptoProvider: () => new SubtleCryptoProvider(),
  errors: { StripeSignatureVerificationError },
};
