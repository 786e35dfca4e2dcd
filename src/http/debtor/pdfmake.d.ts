// What is used of pdfmake, which comes without types.
declare module "pdfmake" {
  export type PdfContent = string | { [property: string]: unknown } | PdfContent[];
  const pdfmake: {
    fonts: Record<string, { normal: string }>;
    virtualfs: { writeFileSync(name: string, content: Uint8Array): void };
    setUrlAccessPolicy(isAllowed: () => boolean): void;
    setLocalAccessPolicy(isAllowed: () => boolean): void;
    createPdf(document: { content: PdfContent; [property: string]: unknown }): {
      getBuffer(): Promise<Uint8Array>;
    };
  };
  export default pdfmake;
}
