declare module "mjml" {
  export default function mjml2html(mjml: string): Promise<{ html: string }>;
}
