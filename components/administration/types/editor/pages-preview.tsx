'use client'
/** The pages as they are printed, in either paper. */
import { Download } from 'lucide-react'
import { useEffect, useMemo } from 'react'
import { PagePicture, pictureAddress } from '@/components/certificate/page-picture'
import { buttonClass } from '@/components/ui/button'
import { bytesOf } from '@/lib/certificate-types/base64'
import type { TypePreview } from '@/lib/type-checks/answers'
import { SelectField } from '../select-field'
import { words } from '../words'

type Paper = 'a4' | 'us-letter'

interface PagesPreviewProps {
  preview: TypePreview
  paper: Paper
  setPaper: (paper: Paper) => void
}

export function PagesPreview({ preview: { pictures, pdf }, paper, setPaper }: PagesPreviewProps) {
  const file = useMemo(() => URL.createObjectURL(new Blob([bytesOf(pdf)], { type: 'application/pdf' })), [pdf])
  useEffect(() => () => URL.revokeObjectURL(file), [file])
  return (
    <div className="pb-5">
      <div className="flex flex-wrap items-end gap-3 px-5 pb-4">
        <div className="w-40">
          <SelectField
            id="preview-paper"
            label={words.preview.paper}
            value={paper}
            onChange={(value) => setPaper(value as Paper)}
            options={(['a4', 'us-letter'] as const).map((value) => ({ value, label: words.preview.papers[value] }))}
          />
        </div>
        <a href={file} target="_blank" rel="noreferrer" className={buttonClass('second')}>
          <Download aria-hidden className="size-4" />
          {words.preview.download}
        </a>
      </div>
      <div className="space-y-5 bg-desk px-5 py-6 sm:px-10">
        {pictures.map((svg, index) => (
          <PagePicture
            key={index}
            src={pictureAddress(svg)}
            alt={words.preview.page(index + 1, pictures.length)}
            missing={words.preview.pictureMissing}
            className={`mx-auto max-w-[30rem] ${paper === 'us-letter' ? 'aspect-[8.5/11]!' : ''}`}
          />
        ))}
      </div>
    </div>
  )
}
