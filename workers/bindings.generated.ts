import type { Fetcher, Queue, RateLimit } from "./platform.ts";

export type Bindings = {
	TICKS: Queue;
	BATCHES: Queue;
	GUESSES: RateLimit;
	ASSETS: Fetcher;
	DATABASE_URL: string;
	PUBLIC_URL: string;
	MAILER: string;
	MAIL_FROM: string;
	MAIL_REDIRECT_TO?: string;
	AWS_REGION: string;
};
